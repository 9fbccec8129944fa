import { Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { DiskStorage } from './disk-storage.js';
import { ObjectStorage } from './object-storage.js';
import { S3Storage } from './s3-storage.js';

@Module({
  providers: [
    {
      provide: ObjectStorage,
      inject: [AppConfig],
      useFactory: ({ files }: AppConfig) =>
        files.s3 ? new S3Storage(files.s3) : new DiskStorage(files.directory),
    },
  ],
  exports: [ObjectStorage],
})
export class StorageModule {}
