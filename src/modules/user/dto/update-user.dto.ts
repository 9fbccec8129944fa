import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { Equals, IsObject, ValidateNested } from 'class-validator';
import { Optional, TagsField } from '../../../common/http/dto-fields.js';
import { PageVisitDto } from '../../../common/http/page-visit.dto.js';
import type { UpdateSelfBody } from '../../../contracts/users.js';
import type { ProfileChanges } from '../user-profile.js';
import { LanguageField, ProfileField } from './user-fields.js';

class UserChangesDto {
  @ProfileField()
  profile?: ProfileChanges;

  @LanguageField()
  language?: string | null;

  @TagsField('Added to those that are there')
  addTags?: string[];

  @TagsField('Taken away, before others are added')
  removeTags?: string[];
}

/** What a user may change of itself: not who it is. */
export class UpdateSelfDto extends UserChangesDto implements UpdateSelfBody {
  @ApiPropertyOptional({ description: "Where on the company's site the user is now", type: PageVisitDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => PageVisitDto)
  page?: PageVisitDto;

  @ApiPropertyOptional({
    description: 'The user agrees to what the widget asks for. Once given it stays given',
    enum: [true],
    example: true,
  })
  @Optional()
  @Equals(true)
  consented?: true;
}

export class UpdateUserDto extends UserChangesDto {
  @TagsField('Replaces all tags')
  tags?: string[];
}
