import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { registerQueue } from '../../infrastructure/queue/register-queue.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { StorageModule } from '../../infrastructure/storage/storage.module.js';
import { AgentModule } from '../agent/agent.module.js';
import { EnvironmentModule } from '../environment/environment.module.js';
import { UserModule } from '../user/user.module.js';
import { AvatarController } from './avatar.controller.js';
import { AvatarService } from './avatar.service.js';
import { FileContentService } from './file-content.service.js';
import { FileIntake } from './file-intake.js';
import { FileLinkService } from './file-link.service.js';
import { FileThumbnails } from './file-thumbnails.js';
import { FileController } from './file.controller.js';
import { FILE_QUEUE } from './file.jobs.js';
import { FileRepository } from './file.repository.js';
import { FileService } from './file.service.js';
import { RemovePictureListener } from './listeners/remove-picture.listener.js';
import { FILES, fileSchema } from './persistence/file.schema.js';
import { MongoFileRepository } from './persistence/mongo-file.repository.js';

@Module({
  imports: [
    MongooseModule.forFeature([{ name: FILES, schema: fileSchema }]),
    registerQueue(FILE_QUEUE),
    StorageModule,
    EnvironmentModule,
    AgentModule,
    UserModule,
  ],
  controllers: [FileController, AvatarController],
  providers: [
    FileService,
    FileContentService,
    FileLinkService,
    FileIntake,
    FileThumbnails,
    AvatarService,
    RemovePictureListener,
    SecretKeeper,
    { provide: FileRepository, useClass: MongoFileRepository },
  ],
  exports: [FileService, FileLinkService, FileThumbnails, FileIntake, FileRepository, StorageModule],
})
export class FileModule {}
