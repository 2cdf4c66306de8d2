import { Module } from '@nestjs/common';
import { GithubDriver } from './github.driver.js';
import { OidcDriver } from './oidc.driver.js';
import { ProviderPeopleService } from './provider-people.service.js';
import { ProvidersService } from './providers.service.js';

@Module({
  providers: [GithubDriver, OidcDriver, ProviderPeopleService, ProvidersService],
  exports: [ProviderPeopleService, ProvidersService],
})
export class ProvidersModule {}
