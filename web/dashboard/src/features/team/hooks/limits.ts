/** As the server has them. */
export const NAME_MAX = 80;
export const DESCRIPTION_MAX = 500;
