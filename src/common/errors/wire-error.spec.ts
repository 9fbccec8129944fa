import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { toRefusal } from './wire-error.js';

const { MongoBulkWriteError, MongoNetworkError, MongoServerSelectionError } = mongoose.mongo;
const nothingWritten = { insertedCount: 0 } as mongoose.mongo.BulkWriteResult;

describe(toRefusal.name, () => {
  it('lets a client try again when MongoDB went away during a bulk write', () => {
    const lost = new MongoNetworkError('connection <monitor> to 127.0.0.1:27017 closed');
    const wrapped = [
      lost,
      new MongoServerSelectionError('no server', { error: lost } as mongoose.mongo.TopologyDescription),
      new Error('Connection pool was cleared', { cause: lost }),
    ].map((error) => new MongoBulkWriteError(error as never, nothingWritten));
    for (const thrown of [lost, ...wrapped]) {
      expect(toRefusal(thrown, 'r1')).toMatchObject({
        status: 503,
        error: { code: 'common.unavailable', retryable: true },
        isUnexpected: false,
      });
    }
  });

  it('takes a bulk write that the store refused for what it is', () => {
    const refused = { message: 'Document failed validation', code: 121, writeErrors: [] };
    const thrown = new MongoBulkWriteError(refused, nothingWritten);
    expect(toRefusal(thrown, 'r1')).toEqual({
      status: 500,
      error: { code: 'common.internal', message: 'Something went wrong here.', requestId: 'r1' },
      isUnexpected: true,
    });
  });
});
