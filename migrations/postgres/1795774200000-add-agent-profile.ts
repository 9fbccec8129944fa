import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is null of the preferences follows the organization. */
export class AddAgentProfile1795774200000 implements MigrationInterface {
  readonly name = 'AddAgentProfile1795774200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agents
        ADD COLUMN status_emoji varchar(64),
        ADD COLUMN status_expires_at timestamptz,
        ADD COLUMN language varchar(2) CHECK (language IN ('ko', 'en')),
        ADD COLUMN time_zone varchar(64),
        ADD COLUMN theme varchar(8) NOT NULL DEFAULT 'system' CHECK (theme IN ('light', 'dark', 'system')),
        ADD COLUMN avatar_key varchar(64)`);
    await runner.query(`
      CREATE INDEX agents_status_expiry ON agents (status_expires_at) WHERE status_expires_at IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agents
        DROP COLUMN status_emoji,
        DROP COLUMN status_expires_at,
        DROP COLUMN language,
        DROP COLUMN time_zone,
        DROP COLUMN theme,
        DROP COLUMN avatar_key`);
  }
}
