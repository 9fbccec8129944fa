/**
 * Made from what the mail is of, so that each try of it has the same: a mail that was taken by the server, and sent
 * again because whoever sent it died before writing that down, is known as one and the same.
 */
export function messageIdOf(...parts: readonly (string | number)[]): string {
  return `<${parts.join('.')}@fast-light-chat>`;
}
