import {
  createRedisCommandExecutor,
  RedisServerState,
  resolveCompatibilityProfile,
  Resp2Server,
} from 'js-redis-server/core';

const port = Number(process.argv[2]);
const compatibility = resolveCompatibilityProfile(undefined);
const state = new RedisServerState({ databaseCount: 16, compatibility });
const executor = createRedisCommandExecutor({ compatibility });
const { server } = new Resp2Server({ server: state, executor, logger: console });

server.on('connection', (socket) => socket.setNoDelay(true));
server.once('error', () => process.exit(1));
// Listened to directly: the package's own listen() would open the port to the network.
server.listen(port, '127.0.0.1', () => process.send?.('ready'));

// Everything is in memory, so there is nothing to finish.
process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
if (!process.connected) process.exit(0);
