import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganizationModule } from '../organization/organization.module.js';
import { SavedReplyEntity } from './persistence/saved-reply.entity.js';
import { SavedViewEntity } from './persistence/saved-view.entity.js';
import { TypeormSavedReplyRepository } from './persistence/typeorm-saved-reply.repository.js';
import { TypeormSavedViewRepository } from './persistence/typeorm-saved-view.repository.js';
import { SavedReplyController } from './saved-reply.controller.js';
import { SavedReplyRepository } from './saved-reply.repository.js';
import { SavedReplyService } from './saved-reply.service.js';
import { SavedViewController } from './saved-view.controller.js';
import { SavedViewRepository } from './saved-view.repository.js';
import { SavedViewService } from './saved-view.service.js';

/** What agents keep at hand: filters of the inbox, texts that they write often. */
@Module({
  imports: [TypeOrmModule.forFeature([SavedReplyEntity, SavedViewEntity]), OrganizationModule],
  controllers: [SavedViewController, SavedReplyController],
  providers: [
    SavedViewService,
    SavedReplyService,
    { provide: SavedViewRepository, useClass: TypeormSavedViewRepository },
    { provide: SavedReplyRepository, useClass: TypeormSavedReplyRepository },
  ],
})
export class DeskModule {}
