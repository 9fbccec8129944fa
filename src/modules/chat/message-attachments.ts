import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AttachmentView } from '../../contracts/chat.js';
import { FileLinkService } from '../file/file-link.service.js';
import { setAttachmentLinker } from './attachment.js';

/** Says, once, how the files of a message are linked wherever a message is shown. */
@Injectable()
export class MessageAttachments implements OnModuleInit {
  constructor(private readonly links: FileLinkService) {}

  onModuleInit(): void {
    setAttachmentLinker((file): AttachmentView => this.links.attachmentView(file));
  }
}
