import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { IncomingHttpHeaders } from 'node:http';
import { Public } from '../../common/access/access.js';
import { Unauthenticated } from '../../common/errors/common.errors.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { ApiExamples } from '../../common/http/api-examples.js';
import type { BootView } from '../../contracts/users.js';
import { BootLimit } from './address-limit.guard.js';
import { callOriginOf } from './call-origin.js';
import { BootDto, WidgetBootDto } from './dto/widget-boot.dto.js';
import { WidgetBootService } from './widget-boot.service.js';

@ApiTags('Widget')
@Controller('v1/widget')
export class WidgetBootController {
  constructor(private readonly boots: WidgetBootService) {}

  /** Public for the guard, since nobody has a user token yet; the plugin key is checked by the service. */
  @Post('boot')
  @HttpCode(200)
  @Public()
  @BootLimit()
  @ApiSecurity('plugin-key')
  @ApiOperation({
    summary: 'Start the widget',
    description:
      'Without ids a new anonymous user; with the visitor token the same one; with a member id that member.',
  })
  @ApiExamples(WidgetBootDto, {
    'A new visitor': { language: 'ko', page: { url: 'https://shop.example/cart', title: 'Cart' } },
    'A member, unproven': { memberId: 'member-1042', profile: { name: 'Minsu Kim' } },
  })
  @ApiOkResponse({ type: BootDto })
  @ApiErrors(
    'common.validation_failed',
    'auth.unauthenticated',
    'auth.identity_proof_required',
    'auth.origin_not_allowed',
    'common.unavailable',
  )
  boot(@Headers() headers: IncomingHttpHeaders, @Body() body: WidgetBootDto): Promise<BootView> {
    const pluginKey = headers['x-plugin-key'];
    if (typeof pluginKey !== 'string') throw new Unauthenticated();
    return this.boots.boot(pluginKey, callOriginOf(headers), body, headers['user-agent']);
  }
}
