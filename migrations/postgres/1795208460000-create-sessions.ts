import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSessions1795208460000 implements MigrationInterface {
  readonly name = 'CreateSessions1795208460000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE credentials (
        account_id uuid PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
        password_hash varchar(255) NOT NULL,
        changed_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE sessions (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
        agent_id uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz
      )`);
    await runner.query(`CREATE INDEX sessions_account ON sessions (account_id) WHERE ended_at IS NULL`);
    await runner.query(`CREATE INDEX sessions_agent ON sessions (agent_id) WHERE ended_at IS NULL`);
    await runner.query(`CREATE INDEX sessions_expiry ON sessions (expires_at)`);
    await runner.query(`
      CREATE TABLE refresh_tokens (
        id uuid PRIMARY KEY,
        session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        token_hash bytea NOT NULL CONSTRAINT refresh_tokens_hash_unique UNIQUE,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      )`);
    await runner.query(`CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id)`);
    await runner.query(`
      CREATE TABLE password_resets (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        mailed_at timestamptz
      )`);
    await runner.query(
      `CREATE INDEX password_resets_account ON password_resets (account_id) WHERE used_at IS NULL`,
    );
    await runner.query(`
      CREATE INDEX password_resets_unmailed ON password_resets (created_at)
      WHERE mailed_at IS NULL AND used_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['password_resets', 'refresh_tokens', 'sessions', 'credentials']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
