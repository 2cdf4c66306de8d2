import { Module } from '@nestjs/common';
import { EngineTestService } from './engine-test.service.js';
import { EnvironmentListService } from './environment-list.service.js';
import { EnvironmentsController } from './environments.controller.js';

@Module({ controllers: [EnvironmentsController], providers: [EnvironmentListService, EngineTestService] })
export class EnvironmentsFeature {}
