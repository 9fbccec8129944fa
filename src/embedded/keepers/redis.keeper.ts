import {
  createRedisCommandExecutor,
  RedisServerState,
  resolveCompatibilityProfile,
  Resp2Server,
} from 'js-redis-server/core';

type Database = RedisServerState['databases'][number];
type StreamData = NonNullable<ReturnType<Database['getStream']>>;
type WriteEvent = Extract<Parameters<Database['mutations']['emit']>[0], { type: 'write' }>;

interface Live {
  value: StreamData | { type: 'other' };
}

const NO_VALUE: WriteEvent['value'] = { type: 'string', value: Buffer.alloc(0) };

const port = Number(process.argv[2]);
const compatibility = resolveCompatibilityProfile(undefined);
const state = new RedisServerState({ databaseCount: 16, compatibility });
state.databases.forEach(spareCopies);
const executor = createRedisCommandExecutor({ compatibility });
const { server } = new Resp2Server({ server: state, executor, logger: console });

server.on('connection', (socket) => socket.setNoDelay(true));
server.once('error', () => process.exit(1));
// Listened to directly: the package's own listen() would open the port to the network.
server.listen(port, '127.0.0.1', () => process.send?.('ready'));

/**
 * The library copies the whole value at every write, for those who wait for the key and only want to be woken,
 * and a whole stream at every read of its end. With 10,000 entries in the stream of the sockets that was most of
 * the CPU time of a message, and seconds of delay. Nobody changes what they were given.
 */
function spareCopies(database: Database): void {
  const { mutations } = database;
  const tell = mutations.emit.bind(mutations);
  mutations.emit = (event) => tell(event.type === 'write' ? { ...event, value: NO_VALUE } : event);

  const { keyspace } = database as unknown as { keyspace: { getLiveEntry(key: Buffer): Live | null } };
  const copy = database.getStream.bind(database);
  database.getStream = (key) => {
    const value = keyspace.getLiveEntry(key)?.value;
    return value?.type === 'stream' ? value : copy(key);
  };
}

// Everything is in memory, so there is nothing to finish.
process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
if (!process.connected) process.exit(0);
