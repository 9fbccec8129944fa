import { Module } from '@nestjs/common';
import { FileUpkeep } from './file-upkeep.js';
import { FileModule } from './file.module.js';
import { FileProcessor } from './processors/file.processor.js';

/** What the worker process does for files. */
@Module({ imports: [FileModule], providers: [FileProcessor, FileUpkeep] })
export class FileWorkerModule {}
