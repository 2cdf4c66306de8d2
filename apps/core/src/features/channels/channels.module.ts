import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { ChannelBook } from './channel-book.service.js';
import { ChannelDrivers } from './channel-drivers.service.js';
import { ChannelRow } from './channel.entity.js';
import { ChannelWorkerService } from './channel-worker.service.js';
import { ChannelWork } from './channel-work.service.js';
import { ChannelsController } from './channels.controller.js';
import { ChannelsService } from './channels.service.js';
import { ChannelsStore } from './channels.store.js';
import { DiscordDriver } from './discord.driver.js';
import { MailChannelDriver } from './mail-channel.driver.js';
import { NoticeBook } from './notice-book.service.js';
import { NoticeRow, ToldRow } from './notice.entity.js';
import { NoticesStore } from './notices.store.js';
import { NtfyDriver } from './ntfy.driver.js';
import { SlackDriver } from './slack.driver.js';
import { TelegramDriver } from './telegram.driver.js';
import { WebhookDriver } from './webhook.driver.js';
import { TenantChannelsController } from './tenant-channels.controller.js';
import { TenantChannelsService } from './tenant-channels.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ChannelRow, NoticeRow, ToldRow]), AlertsModule, AuditModule, EnvironmentsModule],
  controllers: [ChannelsController, TenantChannelsController],
  providers: [
    ChannelBook,
    ChannelDrivers,
    ChannelWorkerService,
    ChannelsService,
    ChannelWork,
    TenantChannelsService,
    ChannelsStore,
    DiscordDriver,
    MailChannelDriver,
    NoticeBook,
    NoticesStore,
    NtfyDriver,
    SlackDriver,
    TelegramDriver,
    WebhookDriver,
  ],
})
export class ChannelsModule {}
