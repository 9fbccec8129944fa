import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Only what an agent has chosen: the rest follows the defaults, also when those change. */
export class AddAgentNotifications1795771708000 implements MigrationInterface {
  readonly name = 'AddAgentNotifications1795771708000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE agents ADD COLUMN notifications jsonb NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE agents DROP COLUMN notifications');
  }
}
