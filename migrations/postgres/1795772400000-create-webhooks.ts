import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWebhooks1795772400000 implements MigrationInterface {
  readonly name = 'CreateWebhooks1795772400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_endpoints (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
        environment_id uuid NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
        name varchar(80) NOT NULL,
        url varchar(2000) NOT NULL,
        description varchar(500),
        events text[] NOT NULL DEFAULT '{}',
        includes_notes boolean NOT NULL DEFAULT false,
        is_bot boolean NOT NULL DEFAULT false,
        secret bytea NOT NULL,
        previous_secret bytea,
        previous_secret_until timestamptz,
        status varchar(16) NOT NULL CHECK (status IN ('enabled', 'disabled')),
        disabled_reason varchar(16) CHECK (disabled_reason IN ('manual', 'gone', 'failing')),
        failing_since timestamptz,
        notice_pending boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL
      )`);
    await runner.query(
      `CREATE INDEX webhook_endpoints_environment ON webhook_endpoints (environment_id, id)`,
    );
    await runner.query(
      `CREATE INDEX webhook_endpoints_unnoticed ON webhook_endpoints (id) WHERE notice_pending`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_endpoints');
  }
}
