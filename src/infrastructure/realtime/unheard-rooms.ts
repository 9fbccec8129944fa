import { Injectable } from '@nestjs/common';

/** So many rooms at most: beyond that the regular heads have to do. */
const MAX_ROOMS = 50_000;

/** The rooms in which something was said while the other nodes could not be reached. */
@Injectable()
export class UnheardRooms {
  private rooms = new Set<string>();

  note(rooms: Iterable<string>): void {
    for (const room of rooms) if (this.rooms.size < MAX_ROOMS) this.rooms.add(room);
  }

  /** All since the last call. */
  take(): string[] {
    const rooms = [...this.rooms];
    this.rooms = new Set();
    return rooms;
  }
}
