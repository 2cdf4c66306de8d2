import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessFeature } from '../access/access.module.js';
import { DashboardRow } from './dashboard.entity.js';
import { DashboardsController } from './dashboards.controller.js';
import { DashboardsService } from './dashboards.service.js';
import { DashboardsStore } from './dashboards.store.js';

@Module({
  imports: [TypeOrmModule.forFeature([DashboardRow]), AccessFeature],
  controllers: [DashboardsController],
  providers: [DashboardsService, DashboardsStore],
})
export class DashboardsModule {}
