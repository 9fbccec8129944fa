import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsTimeZone,
  Matches,
  Max,
  MaxLength,
  Min,
  Validate,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import type { OfficeHours, OfficeHoursView, OpenHours } from '../../../contracts/tenants.js';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

@ValidatorConstraint({ name: 'isDay' })
class IsDay implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'string' || !DAY.test(value)) return false;
    const day = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
  }

  defaultMessage(): string {
    return 'must be days such as 2026-12-25';
  }
}

export class OpenHoursDto implements OpenHours {
  @ApiProperty({ description: '0 is Sunday', minimum: 0, maximum: 6, example: 1 })
  @IsInt()
  @Min(0)
  @Max(6)
  day: number;

  @ApiProperty({ description: 'When they begin, `HH:mm`', pattern: TIME.source, example: '09:00' })
  @Matches(TIME, { message: 'must be a time such as 09:00' })
  from: string;

  @ApiProperty({
    description: 'When they end, maybe on the next day; as they begin: a whole day',
    pattern: TIME.source,
    example: '18:00',
  })
  @Matches(TIME, { message: 'must be a time such as 18:00' })
  to: string;
}

export class OfficeHoursDto implements OfficeHours {
  @ApiProperty({ description: 'Are there any?', example: true })
  @IsBoolean()
  enabled: boolean;

  @ApiProperty({ description: 'IANA name of where the clock is', example: 'Asia/Seoul', maxLength: 64 })
  @MaxLength(64)
  @IsTimeZone()
  timeZone: string;

  @ApiProperty({ description: 'Of every week; a day may be named more than once', type: [OpenHoursDto] })
  @IsArray()
  @ArrayMaxSize(28)
  @ValidateNested({ each: true })
  @Type(() => OpenHoursDto)
  weekly: OpenHoursDto[];

  @ApiProperty({
    description: 'Days on which nothing begins',
    type: [String],
    maxItems: 60,
    example: ['2026-12-25'],
  })
  @IsArray()
  @ArrayMaxSize(60)
  @ArrayUnique()
  @MaxLength(10, { each: true })
  @Validate(IsDay, { each: true })
  holidays: string[];
}

/** A list that is named replaces all of it. */
export class OfficeHoursPatchDto extends PartialType(OfficeHoursDto, { skipNullProperties: false }) {}

export class OfficeHoursViewDto implements OfficeHoursView {
  @ApiProperty({ description: 'Is it within them?', example: false })
  isOpen: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'When they begin next; null while they are open, and when they never do',
    example: '2026-11-30T00:00:00.000Z',
  })
  opensAt: string | null;
}

export function toOfficeHoursView({ enabled, timeZone, weekly, holidays }: OfficeHours): OfficeHours {
  return {
    enabled,
    timeZone,
    weekly: weekly.map(({ day, from, to }) => ({ day, from, to })),
    holidays: [...holidays],
  };
}
