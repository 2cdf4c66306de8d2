'use client';

import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, type SubmitEvent, useRef, useState } from 'react';
import type { DeployInput, DeployReview, Preset, PresetPort, Project } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { useHydrated } from '../../lib/hydrated.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { useMayAnywhere } from '../identity/me.tsx';
import { AdvancedSection } from './advanced-section.tsx';
import { checksBeside, isAtDoor, isInForm } from './checks-beside.rules.ts';
import { checkForm, type DeployForm, type FormIssues, portKey, unaskedPorts } from './deploy-form.rules.ts';
import { DeploySummary } from './deploy-summary.tsx';
import { useIssueWords } from './issue-words.ts';
import { PortField } from './port-field.tsx';
import { ProjectField } from './project-field.tsx';
import { QuestionOrPort } from './question-or-port.tsx';
import { ShareSection } from './share-section.tsx';
import { StorageSection } from './storage-section.tsx';
import { WebsiteDoor } from './website-door.tsx';
import { WorkspaceField } from './workspace-field.tsx';

interface Props {
  preset: Preset;
  projects: readonly Project[];
  form: DeployForm;
  /** What the core found; it belongs to the form as it was asked about. */
  coreIssues: FormIssues;
  review: DeployReview | undefined;
  /** What was looked at; null while the form is wrong. */
  input: DeployInput | null;
  onChange: (form: DeployForm) => void;
  onNext: () => void;
}

const LIMITS = [
  { field: 'memoryMib', name: 'memory', inputMode: 'numeric' },
  { field: 'cpus', name: 'cpus', inputMode: 'decimal' },
] as const;

/** Everything the preset asks, filled in as far as it knows; what is wrong is said at the field. */
export function ConfigureStep({ preset, projects, form, coreIssues, review, input, onChange, onNext }: Props) {
  const t = useTranslations('deploy');
  const formRef = useRef<HTMLFormElement>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [shown, setShown] = useState<'door' | 'all'>(preset.website ? 'door' : 'all');
  const hydrated = useHydrated();
  const mayDeployAny = useMayAnywhere('containers.createAny');
  const own = checkForm(preset, form);
  const toWords = useIssueWords();
  const leave = (path: string) => setLeft((paths) => new Set([...paths, path]));
  // A field is judged once it was left or the whole was tried; the core's word counts at once.
  const errorOf = (path: string) =>
    toWords(tried || left.has(path) ? (own[path] ?? coreIssues[path]) : own[path] ? undefined : coreIssues[path]);

  const nameField = (
    <Field label={t('name')} hint={t('nameHint')} error={errorOf('name')} required>
      {(control) => (
        <Input
          {...control}
          name="name"
          maxLength={63}
          autoComplete="off"
          spellCheck={false}
          value={form.name}
          onChange={({ target }) => onChange({ ...form, name: target.value })}
          onBlur={() => leave('name')}
        />
      )}
    </Field>
  );
  const isPresetWorkspace = preset.config.workspace !== undefined;
  const isWorkspaceBeyond = !isPresetWorkspace && (mayDeployAny || form.workspace !== '');
  const workspaceField = (
    <WorkspaceField
      ofPreset={preset.config.workspace}
      value={form.workspace}
      error={errorOf('workspace')}
      onChange={(workspace) => onChange({ ...form, workspace })}
      onLeave={() => leave('workspace')}
    />
  );
  const toPortField = (port: PresetPort) => (
    <PortField
      key={portKey(port)}
      port={port}
      form={form}
      review={review}
      error={errorOf(`ports.${portKey(port)}`)}
      onChange={onChange}
      onLeave={() => leave(`ports.${portKey(port)}`)}
    />
  );
  const websitePort = preset.config.ports.find(({ containerPort }) => containerPort === preset.website?.containerPort);

  const noted = review ? checksBeside(input, review, shown === 'door' ? isAtDoor(preset) : isInForm) : [];

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys({ ...coreIssues, ...own }).length === 0) return onNext();
    setShown('all'); // what is wrong may be where only the long form asks
    announce(t('fixFirst'), 'assertive');
    requestAnimationFrame(() => formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <form
      ref={formRef}
      noValidate
      onSubmit={submit}
      className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]"
    >
      {/* Not dimmed while it waits: it takes answers before anybody could tell that it did not. */}
      <fieldset disabled={!hydrated} className={cn('contents', !hydrated && '[&_:disabled]:opacity-100')}>
        <div className="flex min-w-0 flex-col gap-4">
          {shown === 'door' && preset.website ? (
            <WebsiteDoor
              preset={preset}
              website={preset.website}
              name={nameField}
              port={websitePort && toPortField(websitePort)}
              files={
                <StorageSection
                  volumes={preset.config.volumes.filter(({ name }) => name === preset.website?.volume)}
                  chosen={form.volumes}
                  errorOf={errorOf}
                  onChoose={(volumes) => onChange({ ...form, volumes })}
                />
              }
              onShowAll={() => setShown('all')}
            />
          ) : (
            <>
              <Section title={t('section.basics')}>
                {nameField}
                {projects.length > 0 && (
                  <ProjectField
                    projects={projects}
                    chosen={form.project}
                    error={errorOf('project')}
                    onChoose={(project) => onChange({ ...form, project })}
                  />
                )}
              </Section>
              {preset.questions.length > 0 && (
                <Section title={t('section.options')}>
                  {preset.questions.map((question) => (
                    <QuestionOrPort
                      key={question.name}
                      question={question}
                      form={form}
                      review={review}
                      errorOf={errorOf}
                      onChange={onChange}
                      onLeave={leave}
                    />
                  ))}
                </Section>
              )}
              {unaskedPorts(preset).length > 0 && (
                <Section title={t('section.ports')}>{unaskedPorts(preset).map((port) => toPortField(port))}</Section>
              )}
              {(preset.config.volumes.length > 0 || isPresetWorkspace) && (
                <Section title={t('section.storage')}>
                  <StorageSection
                    volumes={preset.config.volumes}
                    chosen={form.volumes}
                    errorOf={errorOf}
                    onChoose={(volumes) => onChange({ ...form, volumes })}
                  />
                  {isPresetWorkspace && workspaceField}
                </Section>
              )}
              <Section title={t('section.limits')}>
                <div className="grid gap-4 sm:grid-cols-2">
                  {LIMITS.map(({ field, name, inputMode }) => (
                    <Field key={field} label={t(name)} error={errorOf(field)} required>
                      {(control) => (
                        <Input
                          {...control}
                          name={name}
                          inputMode={inputMode}
                          autoComplete="off"
                          value={form[field]}
                          onChange={({ target }) => onChange({ ...form, [field]: target.value })}
                          onBlur={() => leave(field)}
                        />
                      )}
                    </Field>
                  ))}
                </div>
              </Section>
              <ShareSection
                access={form.access}
                error={errorOf('access')}
                onChange={(access) => onChange({ ...form, access })}
              />
              <AdvancedSection
                preset={preset}
                form={form.advanced}
                errorOf={errorOf}
                onChange={(advanced) => onChange({ ...form, advanced })}
                onLeave={leave}
                workspace={isWorkspaceBeyond ? { field: workspaceField, isChosen: form.workspace.trim() !== '' } : null}
              />
            </>
          )}
        </div>
        <DeploySummary preset={preset} form={form} review={review} noted={noted}>
          <Button type="submit" look="primary" className="w-full">
            {t('toReview')}
            <ArrowRight aria-hidden className="rtl:rotate-180" />
          </Button>
        </DeploySummary>
      </fieldset>
    </form>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card aria-label={title} className="flex flex-col gap-4">
      <CardTitle>{title}</CardTitle>
      {children}
    </Card>
  );
}
