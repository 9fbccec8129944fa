import {
  applyDecorators,
  Injectable,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiErrors } from '../../common/http/api-errors.js';
import { LoadShedder, type Load } from './load-shedder.js';

const LOAD = Symbol('load');

/** Refuses a route or an event while this node has more to do than it can. */
@Injectable()
export class LoadGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly shedder: LoadShedder,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    this.shedder.assertBearable(this.reflector.get<Load>(LOAD, context.getHandler()));
    return true;
  }
}

/** Before anything is looked up for it: what is refused must cost nothing. */
export function Sheds(load: Load): MethodDecorator {
  return applyDecorators(SetMetadata(LOAD, load), UseGuards(LoadGuard), ApiErrors('common.unavailable'));
}
