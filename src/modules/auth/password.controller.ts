import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../common/access/access.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { SignInLimit } from './address-limit.guard.js';
import { ForgotPasswordDto, ResetPasswordDto } from './dto/auth-request.dto.js';
import { PasswordResetService } from './password-reset.service.js';

@ApiTags('Auth')
@Controller('v1/auth/password')
export class PasswordController {
  constructor(private readonly resets: PasswordResetService) {}

  @Post('forgot')
  @HttpCode(202)
  @Public()
  @SignInLimit()
  @ApiOperation({
    summary: 'Ask for a password reset by mail',
    description: 'The same answer for unknown addresses.',
  })
  @ApiAcceptedResponse()
  @ApiErrors('common.validation_failed')
  forgot(@Body() { email }: ForgotPasswordDto): void {
    this.resets.request(email);
  }

  @Post('reset')
  @HttpCode(204)
  @Public()
  @SignInLimit()
  @ApiOperation({
    summary: 'Set a new password',
    description: 'The token is good once, for an hour. All sessions end.',
  })
  @ApiNoContentResponse()
  @ApiErrors('common.validation_failed', 'reset.not_found', 'common.unavailable')
  reset(@Body() { token, password }: ResetPasswordDto): Promise<void> {
    return this.resets.reset(token, password);
  }
}
