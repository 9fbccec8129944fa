import type { MigrationInterface } from 'typeorm';

/** In the order in which they run. A shipped migration is never edited. */
export const postgresMigrations: (new () => MigrationInterface)[] = [];
