import { ApiProperty } from '@nestjs/swagger';
import type { SyncedConversation } from '../../../contracts/chat.js';
import { EXAMPLE_ID } from './message.dto.js';
import { MessageDto } from './message-response.dto.js';

export class SyncedConversationDto implements SyncedConversation {
  @ApiProperty({ description: 'The conversation', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({ type: [MessageDto], description: 'After `afterSeq`; with `reset`, the newest 50' })
  messages: MessageDto[];

  @ApiProperty({ type: [MessageDto], description: 'Changed after `afterRev`, by ascending `rev`' })
  changes: MessageDto[];

  @ApiProperty({ description: 'The highest `seq`', example: 42 })
  headSeq: number;

  @ApiProperty({ description: 'The highest `rev`', example: 0 })
  headRev: number;

  @ApiProperty({ description: 'The lowest `seq` that is kept', example: 1 })
  minSeq: number;

  @ApiProperty({ description: 'Ask again from the last ones that you got', example: false })
  hasMore: boolean;

  @ApiProperty({
    description: 'Throw away what you hold: the gap is too large or cannot be proved',
    example: false,
  })
  reset: boolean;

  @ApiProperty({
    enum: ['ok', 'lost'],
    description: '`lost`: not, or no longer, yours to see',
    example: 'ok',
  })
  access: 'ok' | 'lost';
}

export class SyncAnswerDto extends SyncedConversationDto {
  @ApiProperty({
    description: 'Changes when the store came back from an unclean stop',
    example: '1763630000000',
  })
  epoch: string;
}
