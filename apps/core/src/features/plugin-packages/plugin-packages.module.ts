import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PluginRow } from './plugin.entity.js';
import { PluginPackages } from './plugin-packages.service.js';
import { PluginsStore } from './plugins.store.js';

@Module({
  imports: [TypeOrmModule.forFeature([PluginRow])],
  providers: [PluginPackages, PluginsStore],
  exports: [PluginPackages],
})
export class PluginPackagesModule {}
