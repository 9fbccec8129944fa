import { Body, Controller, Get, HttpCode, Ip, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Access, CurrentPrincipal, Public } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { ApiExamples } from '../../common/http/api-examples.js';
import type { MeView, RegistrationView, SessionView } from '../../contracts/tenants.js';
import { SignInLimit } from './address-limit.guard.js';
import { AuthService } from './auth.service.js';
import { AcceptInvitationDto, LoginDto, RefreshTokenDto, RegisterDto } from './dto/auth-request.dto.js';
import { MeDto, RegistrationDto, SessionDto } from './dto/auth-response.dto.js';
import { LoginLimiter } from './login-limiter.js';

@ApiTags('Auth')
@Controller('v1/auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly loginLimiter: LoginLimiter,
  ) {}

  @Post('register')
  @Public()
  @SignInLimit()
  @ApiOperation({
    summary: 'Register an organization',
    description: 'You become its owner; an environment comes with it.',
  })
  @ApiCreatedResponse({ type: RegistrationDto })
  @ApiErrors('common.validation_failed', 'common.conflict', 'common.unavailable')
  register(@Body() body: RegisterDto): Promise<RegistrationView> {
    return this.auth.register(body);
  }

  @Post('login')
  @HttpCode(200)
  @Public()
  @SignInLimit()
  @ApiOperation({ summary: 'Sign in' })
  @ApiExamples(LoginDto, {
    'The organization used last': { email: 'jimin@shop.example', password: 'correct horse battery' },
  })
  @ApiOkResponse({ type: SessionDto })
  @ApiErrors(
    'common.validation_failed',
    'auth.invalid_credentials',
    'auth.forbidden',
    'organization.not_found',
    'common.unavailable',
  )
  login(@Body() { email, password, organizationId }: LoginDto, @Ip() address: string): Promise<SessionView> {
    return this.loginLimiter.attempt(email, address, () => this.auth.login(email, password, organizationId));
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: 'Get the next pair of tokens',
    description: 'A refresh token used twice ends its session.',
  })
  @ApiOkResponse({ type: SessionDto })
  @ApiErrors('common.validation_failed', 'auth.unauthenticated', 'auth.token_reused', 'common.unavailable')
  refresh(@Body() { refreshToken }: RefreshTokenDto): Promise<SessionView> {
    return this.auth.refresh(refreshToken);
  }

  @Post('logout')
  @HttpCode(204)
  @Public()
  @ApiOperation({ summary: 'Sign out', description: 'Ends the session and closes its sockets.' })
  @ApiNoContentResponse()
  @ApiErrors('common.validation_failed', 'common.unavailable')
  logout(@Body() { refreshToken }: RefreshTokenDto): Promise<void> {
    return this.auth.logout(refreshToken);
  }

  @Get('me')
  @Access('organization.read')
  @ApiOperation({ summary: 'Who am I, and where?' })
  @ApiOkResponse({ type: MeDto })
  @ApiErrors('auth.token_expired')
  me(@CurrentPrincipal() principal: AgentPrincipal): Promise<MeView> {
    return this.auth.me(principal);
  }

  @Post('invitations/accept')
  @Public()
  @SignInLimit()
  @ApiOperation({
    summary: 'Accept an invitation',
    description:
      'Makes an account, or joins with the account that the e-mail address has, proven by its password.',
  })
  @ApiCreatedResponse({ type: RegistrationDto })
  @ApiErrors(
    'common.validation_failed',
    'auth.invalid_credentials',
    'invitation.not_found',
    'common.conflict',
    'common.unavailable',
  )
  accept(@Body() body: AcceptInvitationDto): Promise<RegistrationView> {
    return this.auth.acceptInvitation(body);
  }
}
