import { Body, Controller, Get, Post, Req, UseGuards } from '@nestjs/common';
import { InitOwner, InstalledAdmin, InstallerStatus, ModifyAdmin } from '@bailiwick/contract';
import type { Request } from 'express';
import { Public } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { InstallerDoorService } from './installer-door.service.js';
import { InstallerService } from './installer.service.js';

/** Nobody is signed in here: the door asks for the installer's own token. */
@Controller('installer')
@UseGuards(InstallerDoorService)
export class InstallerController {
  constructor(private readonly installer: InstallerService) {}

  @Get('status')
  @Public()
  @Returns(InstallerStatus)
  status(): Promise<InstallerStatus> {
    return this.installer.status();
  }

  @Post('init-owner')
  @Public()
  @Returns(InstalledAdmin, 201)
  initOwner(@Req() request: Request, @Body({ schema: InitOwner }) body: InitOwner): Promise<InstalledAdmin> {
    return this.installer.initOwner(request, body);
  }

  @Post('modify-admin')
  @Public()
  @Returns(InstalledAdmin)
  modifyAdmin(@Req() request: Request, @Body({ schema: ModifyAdmin }) body: ModifyAdmin): Promise<InstalledAdmin> {
    return this.installer.modifyAdmin(request, body);
  }
}
