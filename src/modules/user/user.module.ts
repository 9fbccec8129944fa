import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AgentModule } from '../agent/agent.module.js';
import { EnvironmentModule } from '../environment/environment.module.js';
import { EnvironmentChoice } from './environment-choice.js';
import { OutwardUserSweep } from './outward-user-sweep.js';
import { OutwardUsers } from './outward-users.js';
import { MongoUserRepository } from './persistence/mongo-user.repository.js';
import { ERASURES, erasureSchema, USERS, userSchema } from './persistence/user.schema.js';
import { MongoTrackedEventRepository } from './persistence/mongo-tracked-event.repository.js';
import { TRACKED_EVENTS, trackedEventSchema } from './persistence/tracked-event.schema.js';
import { PresenceAccess } from './presence-access.js';
import { TrackedEventController } from './tracked-event.controller.js';
import { TrackedEventRepository } from './tracked-event.repository.js';
import { TrackedEventService } from './tracked-event.service.js';
import { TrackedEventSweep } from './tracked-event-sweep.js';
import { UserErasureService } from './user-erasure.service.js';
import { UserExportService } from './user-export.service.js';
import { UserViews } from './user-views.js';
import { UserController } from './user.controller.js';
import { UserGateway } from './user.gateway.js';
import { UserRepository } from './user.repository.js';
import { UserService } from './user.service.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: USERS, schema: userSchema },
      { name: ERASURES, schema: erasureSchema },
      { name: TRACKED_EVENTS, schema: trackedEventSchema },
    ]),
    EnvironmentModule,
    AgentModule,
  ],
  controllers: [UserController, TrackedEventController],
  providers: [
    UserService,
    UserViews,
    UserErasureService,
    UserExportService,
    TrackedEventService,
    TrackedEventSweep,
    OutwardUsers,
    OutwardUserSweep,
    UserGateway,
    EnvironmentChoice,
    PresenceAccess,
    { provide: UserRepository, useClass: MongoUserRepository },
    { provide: TrackedEventRepository, useClass: MongoTrackedEventRepository },
  ],
  exports: [UserService, UserErasureService],
})
export class UserModule {}
