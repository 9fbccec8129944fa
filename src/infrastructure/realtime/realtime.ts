import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Server, Socket } from 'socket.io';
import type { AgentPrincipal, UserPrincipal } from '../../common/access/principal.js';
import type { ClientToServerEvents, ServerToClientEvents } from '../../contracts/socket.js';

export type SocketPrincipal = AgentPrincipal | UserPrincipal;

export interface SocketData {
  principal: SocketPrincipal;
  /** When the person behind the socket last did something; a heartbeat is not something. */
  activeAt: number;
  /** When the stores last said who this is, by this node's monotonic clock. */
  provenAt: number;
}

export type RealtimeServer = Server<
  ClientToServerEvents,
  ServerToClientEvents,
  Record<string, never>,
  SocketData
>;
export type RealtimeSocket = Socket<
  ClientToServerEvents,
  ServerToClientEvents,
  Record<string, never>,
  SocketData
>;

type Facts = ServerToClientEvents;
type Fact<Name extends keyof Facts> = Parameters<Facts[Name]>[0];

/** What gateways tell sockets through. Without a server (the worker process) there is nobody to tell. */
@Injectable()
export class Realtime implements BeforeApplicationShutdown {
  private server: RealtimeServer | undefined;

  attach(server: RealtimeServer): void {
    this.server = server;
  }

  /** Not all at the same moment: those who leave here together should not arrive elsewhere together. */
  beforeApplicationShutdown(): void {
    for (const socket of this.localSockets) {
      socket.emit('server:closing', { reconnectAfterMs: 200 + Math.round(Math.random() * 2_000) });
    }
  }

  /** To every socket in any of the rooms, on every node, once. */
  emit<Name extends keyof Facts>(rooms: string | string[], name: Name, fact: Fact<Name>): void {
    this.server?.to(rooms).emit(name, ...([fact] as unknown as Parameters<Facts[Name]>));
  }

  /** Lost without regret when a socket is not writable. */
  emitVolatile<Name extends keyof Facts>(rooms: string | string[], name: Name, fact: Fact<Name>): void {
    this.server?.to(rooms).volatile.emit(name, ...([fact] as unknown as Parameters<Facts[Name]>));
  }

  /** As emitVolatile, but to those in `except`. */
  emitVolatileExcept<Name extends keyof Facts>(
    rooms: string | string[],
    except: string,
    name: Name,
    fact: Fact<Name>,
  ): void {
    this.server
      ?.to(rooms)
      .except(except)
      .volatile.emit(name, ...([fact] as unknown as Parameters<Facts[Name]>));
  }

  /** Sockets of this node only. */
  emitLocal<Name extends keyof Facts>(rooms: string | string[], name: Name, fact: Fact<Name>): void {
    this.server?.local.to(rooms).emit(name, ...([fact] as unknown as Parameters<Facts[Name]>));
  }

  /** Ends what is in the room, on every node, with the reason as the last event. */
  end(room: string, reason: 'session:ended' | 'slow_consumer'): void {
    this.server?.to(room).emit(reason, {});
    this.server?.in(room).disconnectSockets(true);
  }

  /** Takes the sockets of one room out of others, on every node. */
  leave(room: string, rooms: string[]): void {
    this.server?.in(room).socketsLeave(rooms);
  }

  join(room: string, rooms: string[]): void {
    this.server?.in(room).socketsJoin(rooms);
  }

  /** False in the worker process, which has no sockets to tell. */
  get isServing(): boolean {
    return this.server !== undefined;
  }

  get localSockets(): RealtimeSocket[] {
    return this.server ? [...this.server.sockets.sockets.values()] : [];
  }

  /** The ids of this node's sockets in a room. */
  localMembers(room: string): ReadonlySet<string> {
    return this.server?.sockets.adapter.rooms.get(room) ?? new Set();
  }

  localSocket(id: string): RealtimeSocket | undefined {
    return this.server?.sockets.sockets.get(id);
  }

  /** Names of this node's rooms that have at least one socket. */
  get localRooms(): string[] {
    return this.server ? [...this.server.sockets.adapter.rooms.keys()] : [];
  }
}
