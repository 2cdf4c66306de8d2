import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { SessionListService } from './session-list.service.js';
import { SessionsController } from './sessions.controller.js';

@Module({ imports: [PeopleModule], controllers: [SessionsController], providers: [SessionListService] })
export class SessionsModule {}
