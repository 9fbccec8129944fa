import { ApiProperty } from '@nestjs/swagger';
import type { BacklogView, FailedJobView, QueuesView, QueueView } from '../../contracts/operations.js';

export class QueueDto implements QueueView {
  @ApiProperty({ description: 'Name of the queue', example: 'chat' })
  name: string;

  @ApiProperty({ description: 'To be done now', example: 3 })
  waiting: number;

  @ApiProperty({ description: 'Being done', example: 1 })
  active: number;

  @ApiProperty({ description: 'To be done at a later time', example: 12 })
  delayed: number;

  @ApiProperty({ description: 'Given up after all tries', example: 0 })
  failed: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'How long the next one has been waiting',
    example: 840,
  })
  oldestWaitingMs: number | null;

  @ApiProperty({ description: 'Nothing is taken from it', example: false })
  paused: boolean;
}

export class BacklogDto implements BacklogView {
  @ApiProperty({ description: 'Messages with work that is overdue, exact to 1,000', example: 0 })
  overdue: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'For how long the first of it has been overdue',
    example: null,
  })
  oldestOverdueMs: number | null;
}

export class QueuesDto implements QueuesView {
  @ApiProperty({ type: [QueueDto], description: 'By name' })
  items: QueueDto[];

  @ApiProperty({ type: BacklogDto, description: 'What is marked on the messages themselves' })
  backlog: BacklogDto;
}

export class FailedJobDto implements FailedJobView {
  @ApiProperty({ description: 'Names it in its queue', example: 'send-digest-019393a2' })
  id: string;

  @ApiProperty({ description: 'What was to be done', example: 'notify-away' })
  name: string;

  @ApiProperty({ description: 'Why it was given up, in short', example: 'connect ECONNREFUSED' })
  failedReason: string;

  @ApiProperty({ description: 'How often it was tried', example: 8 })
  attempts: number;

  @ApiProperty({ description: 'When it was given up', example: '2026-11-27T09:00:00.000Z' })
  failedAt: string;
}

export class FailedJobPageDto {
  @ApiProperty({ type: [FailedJobDto], description: 'The latest first' })
  items: FailedJobDto[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page', example: null })
  nextCursor: string | null;
}
