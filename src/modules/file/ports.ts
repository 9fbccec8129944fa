import type { Principal } from '../../common/access/principal.js';
import type { Attached } from './file.js';

/** What this module asks of whoever holds the conversations, which stands to its right and may not be imported. */
export abstract class FileAudience {
  /** May the caller see the message that a file was sent with? */
  abstract maySee(principal: Principal, attached: Attached): Promise<boolean>;
}
