import { describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { pinoHttp } from 'pino-http';
import { QueryFailedError } from 'typeorm';
import { logOptions } from './log-options.js';

const SECRET = 'kept-from-everybody';

/** The line that is written of it. */
function lineOf(fields: object): string {
  const lines: string[] = [];
  const server = { logLevel: 'info', isLogPretty: false } as Parameters<typeof logOptions>[0];
  const { logger } = pinoHttp(logOptions(server), { write: (line: string) => void lines.push(line) });
  logger.warn(fields, 'it failed');
  return lines.join('');
}

describe('the log', () => {
  it('says what went wrong in PostgreSQL, and not with which values', () => {
    const cause = Object.assign(new Error('null value in column "name"'), { code: '23502', detail: SECRET });
    const line = lineOf({ err: new QueryFailedError('INSERT INTO account VALUES ($1)', [SECRET], cause) });
    expect(JSON.parse(line)).toMatchObject({
      err: { type: 'QueryFailedError', message: 'null value in column "name"', code: '23502' },
    });
    expect(line).toContain('log-options.spec');
    expect(line).not.toContain(SECRET);
  });

  it('says what went wrong in MongoDB, and not with which message', () => {
    const op = { content: SECRET };
    const error = new mongo.MongoBulkWriteError(
      { message: 'Document failed validation', code: 121, writeErrors: [] },
      { insertedCount: 0, getWriteErrors: () => [{ op }] } as never,
    );
    const line = lineOf({ err: Object.assign(error, { writeErrors: [{ op }] }) });
    expect(JSON.parse(line)).toMatchObject({
      err: { type: 'MongoBulkWriteError', message: 'Document failed validation', code: 121 },
    });
    expect(line).not.toContain(SECRET);
  });

  it.each(['kim@shop.example', 'kim%40shop.example'])(
    'says which route was asked for, without %s',
    (memberId) => {
      const url = `/v1/users/by-member/${memberId}?query=${SECRET}`;
      const line = lineOf({ req: { id: '1', method: 'PUT', url, headers: {} } });
      expect(JSON.parse(line)).toMatchObject({
        req: { method: 'PUT', path: '/v1/users/by-member/[address]' },
      });
      expect(line).not.toContain(SECRET);
    },
  );

  it('takes the mere words of an error as they are', () => {
    expect(JSON.parse(lineOf({ err: 'connect ECONNREFUSED' }))).toMatchObject({
      err: 'connect ECONNREFUSED',
    });
  });

  it.each(['password', 'refreshToken', 'apiSecret'])('shows no %s', (name) => {
    expect(lineOf({ body: { [name]: SECRET } })).not.toContain(SECRET);
  });
});
