import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTenants1795208400000 implements MigrationInterface {
  readonly name = 'CreateTenants1795208400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS citext`);
    await runner.query(`
      CREATE TABLE organizations (
        id uuid PRIMARY KEY,
        name varchar(80) NOT NULL,
        slug varchar(64) NOT NULL CONSTRAINT organizations_slug_unique UNIQUE,
        settings jsonb NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE audit_log (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
        actor_type varchar(16) NOT NULL,
        actor_id uuid NOT NULL,
        action varchar(64) NOT NULL,
        target_type varchar(32) NOT NULL,
        target_id uuid NOT NULL,
        details jsonb NOT NULL DEFAULT '{}',
        request_id varchar(64),
        at timestamptz NOT NULL
      )`);
    await runner.query(
      `CREATE INDEX audit_log_organization_at ON audit_log (organization_id, at DESC, id DESC)`,
    );
    await runner.query(`
      CREATE TABLE environments (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
        name varchar(60) NOT NULL,
        plugin_key varchar(64) NOT NULL CONSTRAINT environments_plugin_key_unique UNIQUE,
        allowed_origins text[] NOT NULL DEFAULT '{}',
        identity_verification varchar(16) NOT NULL
          CHECK (identity_verification IN ('off', 'optional', 'required')),
        identity_secret bytea,
        identity_secret_rotated_at timestamptz,
        settings jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        removed_at timestamptz
      )`);
    await runner.query(`CREATE INDEX environments_organization ON environments (organization_id, id)`);
    await runner.query(`
      CREATE TABLE api_keys (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
        environment_id uuid NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
        name varchar(60) NOT NULL,
        api_key varchar(64) NOT NULL CONSTRAINT api_keys_api_key_unique UNIQUE,
        secret_hash bytea NOT NULL,
        scopes text[] NOT NULL,
        expires_at timestamptz,
        last_used_at timestamptz,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz
      )`);
    await runner.query(`CREATE INDEX api_keys_environment ON api_keys (environment_id, id)`);
    await runner.query(`
      CREATE TABLE accounts (
        id uuid PRIMARY KEY,
        email citext NOT NULL CONSTRAINT accounts_email_unique UNIQUE,
        created_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE agents (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
        account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        role varchar(16) NOT NULL CHECK (role IN ('owner', 'admin', 'agent', 'viewer')),
        name varchar(80) NOT NULL,
        avatar_url varchar(1000),
        availability varchar(16) NOT NULL CHECK (availability IN ('available', 'busy', 'away')),
        status_text varchar(120),
        created_at timestamptz NOT NULL,
        signed_in_at timestamptz,
        disabled_at timestamptz,
        CONSTRAINT agents_account_unique UNIQUE (organization_id, account_id)
      )`);
    await runner.query(`CREATE INDEX agents_account ON agents (account_id)`);
    await runner.query(`CREATE INDEX agents_organization ON agents (organization_id, id)`);
    await runner.query(`
      CREATE TABLE invitations (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
        email citext NOT NULL,
        role varchar(16) NOT NULL CHECK (role IN ('owner', 'admin', 'agent', 'viewer')),
        invited_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        accepted_at timestamptz,
        revoked_at timestamptz,
        mailed_at timestamptz
      )`);
    await runner.query(`CREATE INDEX invitations_organization ON invitations (organization_id, id)`);
    await runner.query(`
      CREATE INDEX invitations_unmailed ON invitations (created_at)
      WHERE mailed_at IS NULL AND accepted_at IS NULL AND revoked_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'invitations',
      'agents',
      'accounts',
      'api_keys',
      'environments',
      'audit_log',
      'organizations',
    ]) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
