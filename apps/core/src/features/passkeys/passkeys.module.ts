import { Module } from '@nestjs/common';
import { PasskeyListService } from './passkey-list.service.js';
import { PasskeysController } from './passkeys.controller.js';

@Module({ controllers: [PasskeysController], providers: [PasskeyListService] })
export class PasskeysModule {}
