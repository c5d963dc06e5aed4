-- The tables of the walking skeleton. Times are timestamptz in UTC; durations carry their unit in the name.
-- Fingerprints are lower-case hex SHA-256.

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'restrict_violation';
end $$;

-- access ---------------------------------------------------------------------------------------------------------

create table staff_account (
  id                   uuid primary key,
  login                text not null unique,
  password_hash        text not null,
  must_change_password boolean not null default false,
  created_at           timestamptz not null,
  failed_logins        integer not null default 0,
  locked_until         timestamptz
);

create table staff_session (
  token_hash bytea primary key,
  account_id uuid not null references staff_account (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table audit_entry (
  id      bigint generated always as identity primary key,
  at      timestamptz not null,
  actor   text not null,
  action  text not null,
  subject text not null,
  detail  jsonb not null default '{}'
);

-- study ----------------------------------------------------------------------------------------------------------

create table study (
  id         uuid primary key,
  slug       text not null unique,
  created_at timestamptz not null
);

-- A script that has been registered is never changed; another text is another version.
create table study_version (
  id         uuid primary key,
  study_id   uuid not null references study (id),
  number     integer not null,
  sha256     text not null,
  title      text not null,
  source     text not null,
  created_at timestamptz not null,
  unique (study_id, number),
  unique (study_id, sha256)
);

-- session --------------------------------------------------------------------------------------------------------

create table participant (
  id         uuid primary key,
  study_id   uuid not null references study (id),
  number     integer not null,
  pseudonym  text not null,
  pilot      boolean not null default false,
  robot      boolean not null default false,
  created_at timestamptz not null,
  unique (study_id, number)
);

-- The token itself is shown once and never stored.
create table participant_link (
  id             uuid primary key,
  study_id       uuid not null references study (id),
  participant_id uuid references participant (id),
  token_hash     bytea not null unique,
  label          text not null,
  pilot          boolean not null default false,
  robot          boolean not null default false,
  created_at     timestamptz not null,
  expires_at     timestamptz not null,
  revoked_at     timestamptz
);

create table session (
  id               uuid primary key,
  participant_id   uuid not null unique references participant (id),
  study_version_id uuid not null references study_version (id),
  state            text not null check (state in ('running', 'finishing', 'complete')),
  step_index       integer not null default 0,
  started_at       timestamptz not null,
  finished_at      timestamptz
);

create table session_step (
  session_id   uuid not null references session (id),
  step_id      text not null,
  position     integer not null,
  type         text not null,
  entered_at   timestamptz not null,
  completed_at timestamptz,
  request_hash text,
  primary key (session_id, step_id)
);

-- What a browser tab says it has sent in all, given when the participant finishes.
create table declared_tab (
  session_id  uuid not null references session (id),
  tab_id      uuid not null,
  last_seq    bigint not null check (last_seq >= 0),
  declared_at timestamptz not null,
  primary key (session_id, tab_id)
);

create table answer (
  id          uuid primary key,
  session_id  uuid not null references session (id),
  step_id     text not null,
  item_id     text not null,
  revision    integer not null,
  position    integer not null,
  value       jsonb not null,
  shown_at    timestamptz,             -- by the participant's clock
  answered_at timestamptz,             -- by the participant's clock
  stored_at   timestamptz not null,
  unique (session_id, step_id, item_id, revision)
);

-- telemetry ------------------------------------------------------------------------------------------------------

-- Server events carry the nil UUID as their tab; their sequence is counted under the lock on the session.
create table event (
  id                 bigint generated always as identity primary key,
  session_id         uuid not null references session (id),
  event_id           uuid not null,
  origin             text not null check (origin in ('client', 'server')),
  tab_id             uuid not null,
  seq                bigint not null check (seq > 0),
  step_id            text,
  type               text not null,
  client_time_millis bigint,
  mono_millis        double precision,
  sent_at_millis     bigint,
  received_at        timestamptz not null,
  corrected_at       timestamptz not null,
  payload            jsonb not null,
  body_sha256        bytea not null,
  unique (session_id, event_id),
  unique (session_id, tab_id, seq)
);

-- workbench ------------------------------------------------------------------------------------------------------

create table attribution_view (
  id              uuid primary key,
  session_id      uuid not null references session (id),
  step_id         text not null,
  request_id      uuid not null,
  request_sha256  text not null,
  event_id        uuid not null,
  method          text not null,
  target          text not null,
  contrast        text,
  predictions     jsonb not null,   -- [{prompt, name, logit, probability, rank}], prompt counts from 0
  components      jsonb not null,   -- [{rank, latent, activation, activationOfMaximum, score}]
  model_sha256    text not null,
  sae_sha256      text not null,
  image_sha256    text not null,
  prompts_sha256  text not null,
  script_sha256   text not null,
  engine_version  text not null,
  latency_micros  bigint not null,
  created_at      timestamptz not null,
  unique (session_id, request_id),
  foreign key (session_id, event_id) references event (session_id, event_id)
);

create table intervention (
  id                   uuid primary key,
  session_id           uuid not null references session (id),
  step_id              text not null,
  view_id              uuid not null references attribution_view (id),
  request_id           uuid not null,
  request_sha256       text not null,
  event_id             uuid not null,
  position             integer not null,          -- 1, 2, ... within the step
  phase                text not null check (phase in ('preview', 'applied')),
  action               text not null check (action in ('edit', 'reset', 'reset-all', 'undo', 'redo')),
  kind                 text not null check (kind in ('suppress', 'amplify', 'sign-flip', 'activate', 'unchanged', 'reset', 'undo', 'redo')),
  latent               integer,
  operation            text check (operation in ('suppress', 'scale', 'set', 'add')),
  value                double precision,
  activation           double precision,          -- of the latent in the unmodified pass
  multiple_before      double precision,          -- edited activation / activation, before; null for an inactive latent
  multiple_after       double precision,
  edits_before         jsonb not null,            -- [{latent, operation, value}]
  edits_after          jsonb not null,
  baseline             jsonb not null,            -- predictions of the unmodified model
  predictions_before   jsonb not null,
  predictions_after    jsonb not null,
  model_sha256         text not null,
  sae_sha256           text not null,
  image_sha256         text not null,
  prompts_sha256       text not null,
  script_sha256        text not null,
  engine_version       text not null,
  latency_micros       bigint not null,
  created_at           timestamptz not null,
  unique (session_id, request_id),
  unique (session_id, step_id, position),
  foreign key (session_id, event_id) references event (session_id, event_id)
);

-- Sweeps, ripple checks and measured ablations: results that change no edit.
create table measurement (
  id              uuid primary key,
  session_id      uuid not null references session (id),
  step_id         text not null,
  view_id         uuid not null references attribution_view (id),
  request_id      uuid not null,
  request_sha256  text not null,
  event_id        uuid not null,
  kind            text not null check (kind in ('sweep', 'ripple', 'ablation')),
  latent          integer,
  edits           jsonb not null,
  result          jsonb not null,
  model_sha256    text not null,
  sae_sha256      text not null,
  image_sha256    text not null,
  prompts_sha256  text not null,
  script_sha256   text not null,
  engine_version  text not null,
  latency_micros  bigint not null,
  created_at      timestamptz not null,
  unique (session_id, request_id),
  foreign key (session_id, event_id) references event (session_id, event_id)
);

-- What the participant answered and what the server found, with the edits that stood at that moment.
create table task_outcome (
  id                    uuid primary key,
  session_id            uuid not null references session (id),
  step_id               text not null,
  request_id            uuid not null,
  request_sha256        text not null,
  event_id              uuid not null,
  attempt               integer not null,
  cause                 text not null,
  explanation           text,
  edits                 jsonb not null,
  predictions           jsonb not null,
  cause_named           boolean not null,
  repaired              boolean not null,
  ripple_rate           double precision,          -- right before and wrong after / right before, reference pictures
  own_class_ripple_rate double precision,          -- the same within the class that the planted cause stands for
  success               boolean not null,
  judged                jsonb not null,            -- every criterion with its limit and what was found
  model_sha256          text not null,
  sae_sha256            text not null,
  image_sha256          text not null,
  prompts_sha256        text not null,
  script_sha256         text not null,
  engine_version        text not null,
  latency_micros        bigint not null,
  created_at            timestamptz not null,
  unique (session_id, request_id),
  unique (session_id, step_id, attempt),
  foreign key (session_id, event_id) references event (session_id, event_id)
);

create trigger study_version_is_final before update or delete on study_version for each row execute function refuse_change();
create trigger answer_is_append_only before update or delete on answer for each row execute function refuse_change();
create trigger event_is_append_only before update or delete on event for each row execute function refuse_change();
create trigger view_is_append_only before update or delete on attribution_view for each row execute function refuse_change();
create trigger intervention_is_append_only before update or delete on intervention for each row execute function refuse_change();
create trigger measurement_is_append_only before update or delete on measurement for each row execute function refuse_change();
create trigger outcome_is_append_only before update or delete on task_outcome for each row execute function refuse_change();
create trigger audit_is_append_only before update or delete on audit_entry for each row execute function refuse_change();
