import type { ProfileChanges } from '../user-profile.js';
import { LanguageField, ProfileField, TagsField } from './user-fields.js';

/** What a user may change of itself: neither who it is nor what the company noted. */
export class UpdateSelfDto {
  @ProfileField()
  profile?: ProfileChanges;

  @LanguageField()
  language?: string | null;
}

export class UpdateUserDto extends UpdateSelfDto {
  @TagsField()
  tags?: string[];
}
