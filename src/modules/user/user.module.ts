import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AgentModule } from '../agent/agent.module.js';
import { EnvironmentModule } from '../environment/environment.module.js';
import { EnvironmentChoice } from './environment-choice.js';
import { OutwardUserSweep } from './outward-user-sweep.js';
import { OutwardUsers } from './outward-users.js';
import { MongoUserRepository } from './persistence/mongo-user.repository.js';
import { ERASURES, erasureSchema, USERS, userSchema } from './persistence/user.schema.js';
import { PresenceAccess } from './presence-access.js';
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
    ]),
    EnvironmentModule,
    AgentModule,
  ],
  controllers: [UserController],
  providers: [
    UserService,
    UserViews,
    UserErasureService,
    UserExportService,
    OutwardUsers,
    OutwardUserSweep,
    UserGateway,
    EnvironmentChoice,
    PresenceAccess,
    { provide: UserRepository, useClass: MongoUserRepository },
  ],
  exports: [UserService, UserErasureService],
})
export class UserModule {}
