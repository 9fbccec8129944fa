import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Param,
  Patch,
  Put,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import {
  scopeOf,
  type AgentPrincipal,
  type Principal,
  type UserPrincipal,
} from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import type { Page } from '../../contracts/common.js';
import type { ErasureReceipt, UserView } from '../../contracts/users.js';
import { RateLimit } from '../../infrastructure/limits/rate-limit.guard.js';
import { EnvironmentQueryDto, ListUsersQueryDto } from './dto/list-users-query.dto.js';
import { MemberIdParam } from './dto/member-id.pipe.js';
import { UpdateSelfDto, UpdateUserDto } from './dto/update-user.dto.js';
import { ErasureReceiptDto, UserDto, UserPageDto } from './dto/user-response.dto.js';
import { EnvironmentChoice } from './environment-choice.js';
import { UserErasureService } from './user-erasure.service.js';
import { UserExportService } from './user-export.service.js';
import { UserService } from './user.service.js';

@ApiTags('Users')
@Controller('v1/users')
export class UserController {
  constructor(
    private readonly users: UserService,
    private readonly erasures: UserErasureService,
    private readonly exports: UserExportService,
    private readonly environments: EnvironmentChoice,
  ) {}

  @Get()
  @Access('user.read')
  @ApiOperation({
    summary: 'List or search users',
    description: 'Newest first. A partner sees its environment only.',
  })
  @ApiOkResponse({ type: UserPageDto })
  @ApiErrors('common.validation_failed')
  list(@CurrentPrincipal() principal: Principal, @Query() query: ListUsersQueryDto): Promise<Page<UserView>> {
    return this.users.list(scopeOf(principal, query.environmentId), query);
  }

  @Get('me')
  @Access('user.self')
  @ApiOperation({ summary: 'Read oneself' })
  @ApiOkResponse({ type: UserDto })
  async readSelf(@CurrentPrincipal() principal: UserPrincipal): Promise<UserView> {
    const scope = scopeOf(principal);
    return this.users.view(scope, await this.users.get(scope, principal.id));
  }

  @Patch('me')
  @Access('user.self')
  @RateLimit('user-self', 30)
  @ApiOperation({
    summary: 'Change oneself',
    description:
      'Tells `user:updated` to agents and own devices, except of a page: whoever looks at the user is shown it.',
  })
  @ApiOkResponse({ type: UserDto })
  @ApiErrors('common.validation_failed')
  async updateSelf(
    @CurrentPrincipal() principal: UserPrincipal,
    @Body() body: UpdateSelfDto,
  ): Promise<UserView> {
    const scope = scopeOf(principal);
    return this.users.view(scope, await this.users.update(scope, principal.id, body, principal));
  }

  @Put('by-member/:memberId')
  @Access('user.update')
  @ApiOperation({
    summary: "Create or change the user with the company's own id",
    description:
      "The company's word is the proof: the user is `verified`. An agent names the environment if there are several.",
  })
  @ApiOkResponse({ type: UserDto })
  @ApiErrors('common.validation_failed', 'environment.not_found')
  async upsert(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', new MemberIdParam()) memberId: string,
    @Query() { environmentId }: EnvironmentQueryDto,
    @Body() body: UpdateUserDto,
  ): Promise<UserView> {
    const scope = await this.environments.of(principal, environmentId);
    return this.users.view(scope, await this.users.upsertByMember(scope, memberId, body, principal));
  }

  @Get(':id')
  @Access('user.read')
  @ApiOperation({ summary: 'Read a user' })
  @ApiOkResponse({ type: UserDto })
  @ApiErrors('user.not_found')
  async read(
    @CurrentPrincipal() principal: Principal,
    @Param('id', new IdParam('user')) id: string,
  ): Promise<UserView> {
    const scope = scopeOf(principal);
    return this.users.view(scope, await this.users.get(scope, id));
  }

  @Patch(':id')
  @Access('user.update')
  @ApiOperation({ summary: 'Change profile, tags or language of a user' })
  @ApiOkResponse({ type: UserDto })
  @ApiErrors('common.validation_failed', 'user.not_found')
  async update(
    @CurrentPrincipal() principal: Principal,
    @Param('id', new IdParam('user')) id: string,
    @Body() body: UpdateUserDto,
  ): Promise<UserView> {
    const scope = scopeOf(principal);
    return this.users.view(scope, await this.users.update(scope, id, body, principal));
  }

  @Put(':id/block')
  @Access('user.block')
  @ApiOperation({
    summary: 'Block a user',
    description:
      'They may read on; what they write or begin is refused. Felt everywhere within five seconds.',
  })
  @ApiOkResponse({ type: UserDto })
  @ApiErrors('user.not_found')
  async block(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', new IdParam('user')) id: string,
  ): Promise<UserView> {
    const scope = scopeOf(principal);
    return this.users.view(scope, await this.users.setBlocked(scope, id, true, principal));
  }

  @Delete(':id/block')
  @Access('user.block')
  @ApiOperation({ summary: 'Let a blocked user write again' })
  @ApiOkResponse({ type: UserDto })
  @ApiErrors('user.not_found')
  async unblock(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', new IdParam('user')) id: string,
  ): Promise<UserView> {
    const scope = scopeOf(principal);
    return this.users.view(scope, await this.users.setBlocked(scope, id, false, principal));
  }

  @Delete(':id')
  @Access('user.erase')
  @ApiOperation({
    summary: 'Erase a user with all it wrote',
    description: 'Cannot be undone. Repeated, it answers the same receipt.',
  })
  @ApiOkResponse({ type: ErasureReceiptDto })
  @ApiErrors('user.not_found')
  erase(
    @CurrentPrincipal() principal: Principal,
    @Param('id', new IdParam('user')) id: string,
  ): Promise<ErasureReceipt> {
    return this.erasures.erase(scopeOf(principal), id, principal);
  }

  @Get(':id/export')
  @Access('user.export')
  @RateLimit('user-export', 30)
  @ApiOperation({
    summary: 'Everything stored of a user',
    description:
      'One JSON object per line: first `{ user }`, then what they did as `{ event }`, then each `{ conversation }` followed by its `{ message }` lines.',
  })
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({ description: 'NDJSON', schema: { type: 'string' } })
  @ApiErrors('user.not_found')
  @Header('cache-control', 'no-store')
  async export(
    @CurrentPrincipal() principal: Principal,
    @Param('id', new IdParam('user')) id: string,
  ): Promise<StreamableFile> {
    const lines = await this.exports.export(scopeOf(principal), id);
    return new StreamableFile(Readable.from(lines, { objectMode: false }), {
      type: 'application/x-ndjson',
      disposition: `attachment; filename="user-${id}.ndjson"`,
    });
  }
}
