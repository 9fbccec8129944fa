import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTeamsAndWhatAgentsSave1795781000000 implements MigrationInterface {
  readonly name = 'CreateTeamsAndWhatAgentsSave1795781000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE teams (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
        name varchar(80) NOT NULL,
        description varchar(500),
        created_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX teams_organization ON teams (organization_id, id)');
    await runner.query('CREATE UNIQUE INDEX teams_name_unique ON teams (organization_id, lower(name))');
    await runner.query(`
      CREATE TABLE team_members (
        team_id uuid NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
        agent_id uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
        PRIMARY KEY (team_id, agent_id)
      )`);
    await runner.query('CREATE INDEX team_members_agent ON team_members (agent_id)');
    await runner.query(`
      CREATE TABLE saved_views (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
        agent_id uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
        name varchar(80) NOT NULL,
        filter jsonb NOT NULL,
        position integer NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX saved_views_agent ON saved_views (agent_id, position, id)');
    await runner.query(`
      CREATE TABLE saved_replies (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
        shortcut varchar(40) NOT NULL,
        title varchar(120) NOT NULL,
        content varchar(8000) NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT saved_replies_shortcut_unique UNIQUE (organization_id, shortcut)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['saved_replies', 'saved_views', 'team_members', 'teams'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
