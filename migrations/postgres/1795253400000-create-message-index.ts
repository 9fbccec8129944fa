import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Derived from the messages in MongoDB: no foreign keys, it may be thrown away and made again. */
export class CreateMessageIndex1795253400000 implements MigrationInterface {
  readonly name = 'CreateMessageIndex1795253400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE message_index (
        message_id uuid PRIMARY KEY,
        rev integer NOT NULL,
        organization_id uuid NOT NULL,
        environment_id uuid,
        conversation_id uuid NOT NULL,
        kind varchar(16) NOT NULL,
        user_id varchar(64),
        sender_id varchar(64) NOT NULL,
        private boolean NOT NULL,
        created_at timestamptz NOT NULL,
        text text NOT NULL,
        grams integer[] NOT NULL
      )`);
    await runner.query(`
      CREATE INDEX message_index_newest ON message_index (organization_id, created_at DESC, message_id DESC)`);
    await runner.query(`CREATE INDEX message_index_conversation ON message_index (conversation_id)`);
    // Every search reads the list of what is not sorted in yet: it is kept short.
    await runner.query(`
      CREATE INDEX message_index_grams ON message_index USING gin (grams)
      WITH (fastupdate = on, gin_pending_list_limit = 512)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE message_index`);
  }
}
