import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePushSubscriptions1795773113000 implements MigrationInterface {
  readonly name = 'CreatePushSubscriptions1795773113000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE push_subscriptions (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
        agent_id uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
        session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        endpoint varchar(2000) NOT NULL CONSTRAINT push_subscriptions_endpoint_unique UNIQUE,
        p256dh varchar(100) NOT NULL,
        auth varchar(40) NOT NULL,
        user_agent varchar(300),
        created_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX push_subscriptions_agent ON push_subscriptions (agent_id, id)');
    await runner.query('CREATE INDEX push_subscriptions_session ON push_subscriptions (session_id)');
    // One row at most: all nodes sign with the same key, for browsers subscribe to it.
    await runner.query(`
      CREATE TABLE push_keys (
        id smallint PRIMARY KEY CHECK (id = 1),
        public_key varchar(100) NOT NULL,
        sealed_private_key bytea NOT NULL,
        created_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE push_keys');
    await runner.query('DROP TABLE push_subscriptions');
  }
}
