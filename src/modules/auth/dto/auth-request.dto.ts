import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { EmailField, Optional, Trimmed } from '../../../common/http/dto-fields.js';

const MIN_PASSWORD = 10;
const MAX_PASSWORD = 200;

export class RegisterDto {
  @ApiProperty({ description: 'Name of the company or team', example: 'Blue Bottle Seoul', maxLength: 80 })
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  organizationName: string;

  @ApiProperty({ description: 'Name that users and colleagues see', example: 'Jimin Park', maxLength: 80 })
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name: string;

  @ApiProperty({ description: 'To sign in with', example: 'jimin@shop.example', maxLength: 254 })
  @EmailField()
  email: string;

  @ApiProperty({
    description: 'Long rather than odd',
    example: 'correct horse battery',
    minLength: 10,
    maxLength: 200,
  })
  @IsString()
  @MinLength(MIN_PASSWORD)
  @MaxLength(MAX_PASSWORD)
  password: string;
}

export class LoginDto {
  @ApiProperty({ description: 'As registered', example: 'jimin@shop.example', maxLength: 254 })
  @EmailField()
  email: string;

  @ApiProperty({ description: 'The password', example: 'correct horse battery', maxLength: 200 })
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_PASSWORD)
  password: string;

  @ApiPropertyOptional({
    description: 'Which of your organizations; the one used last when left out',
    example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11',
  })
  @Optional()
  @IsUUID()
  organizationId?: string;
}

export class RefreshTokenDto {
  @ApiProperty({ description: 'From the last answer; good once', example: 'rt_8Jr1...', maxLength: 500 })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  refreshToken: string;
}

export class SwitchDto {
  @ApiProperty({ description: 'One of your organizations', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  organizationId: string;
}

export class CreateOrganizationDto {
  @ApiProperty({ description: 'Name of the company or team', example: 'Blue Bottle Tokyo', maxLength: 80 })
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name: string;
}

export class AcceptInvitationDto {
  @ApiProperty({
    description: 'From the invitation',
    example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11.qk3...',
    maxLength: 200,
  })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  token: string;

  @ApiProperty({ description: 'Name that users and colleagues see', example: 'Minsu Lee', maxLength: 80 })
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name: string;

  @ApiProperty({
    description: 'A new one, or that of the account which this e-mail address has already',
    example: 'correct horse battery',
    minLength: 10,
    maxLength: 200,
  })
  @IsString()
  @MinLength(MIN_PASSWORD)
  @MaxLength(MAX_PASSWORD)
  password: string;
}

export class ForgotPasswordDto {
  @ApiProperty({ description: 'As registered', example: 'jimin@shop.example', maxLength: 254 })
  @EmailField()
  email: string;
}

export class ResetPasswordDto {
  @ApiProperty({
    description: 'From the mail',
    example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11.qk3...',
    maxLength: 200,
  })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  token: string;

  @ApiProperty({
    description: 'The new one',
    example: 'correct horse battery',
    minLength: 10,
    maxLength: 200,
  })
  @IsString()
  @MinLength(MIN_PASSWORD)
  @MaxLength(MAX_PASSWORD)
  password: string;
}
