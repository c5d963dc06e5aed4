-- One definition of every count that a report shows and an export carries.

-- What is held of every sequence of a session. A browser says where a tab's sequence ends when the participant
-- finishes; until then a sequence is taken to end at the highest number seen. The server's own events have the nil
-- UUID as their tab and are counted like the others.
create view session_tab as
select session_id,
       tab_id,
       count(seq)                                                   as held,
       coalesce(max(seq), 0)                                        as highest,
       max(declared)                                                as declared,
       greatest(coalesce(max(seq), 0), coalesce(max(declared), 0))  as expected
from (select session_id, tab_id, seq, null::bigint as declared from event
      union all
      select session_id, tab_id, null, last_seq from declared_tab) as sequence
group by session_id, tab_id;

-- The numbers that are missing below the end of a sequence, as ranges with both ends included.
create view session_gap as
select session_id, tab_id, previous + 1 as first_missing, seq - 1 as last_missing
from (select session_id, tab_id, seq,
             lag(seq, 1, 0::bigint) over (partition by session_id, tab_id order by seq) as previous
      from (select session_id, tab_id, seq from event
            union all
            select session_id, tab_id, expected + 1 from session_tab) as marks) as neighbours
where seq > previous + 1;

-- What happened in a step. Interventions count when they were applied; previews are counted apart.
create view step_figures as
select st.session_id,
       st.step_id,
       v.views,
       i.previews,
       i.suppress,
       i.amplify,
       i.other_edits,
       i.resets,
       i.undos,
       i.redos,
       m.sweeps,
       m.ripple_checks,
       m.ablations,
       o.attempts,
       o.solved
from session_step st
     cross join lateral (
       select count(*) as views
       from attribution_view where session_id = st.session_id and step_id = st.step_id) as v
     cross join lateral (
       select count(*) filter (where phase = 'preview')                                             as previews,
              count(*) filter (where phase = 'applied' and kind = 'suppress')                       as suppress,
              count(*) filter (where phase = 'applied' and kind = 'amplify')                        as amplify,
              count(*) filter (where phase = 'applied'
                                 and kind in ('sign-flip', 'activate', 'unchanged'))                as other_edits,
              count(*) filter (where phase = 'applied' and kind = 'reset')                          as resets,
              count(*) filter (where phase = 'applied' and kind = 'undo')                           as undos,
              count(*) filter (where phase = 'applied' and kind = 'redo')                           as redos
       from intervention where session_id = st.session_id and step_id = st.step_id) as i
     cross join lateral (
       select count(*) filter (where kind = 'sweep')    as sweeps,
              count(*) filter (where kind = 'ripple')   as ripple_checks,
              count(*) filter (where kind = 'ablation') as ablations
       from measurement where session_id = st.session_id and step_id = st.step_id) as m
     cross join lateral (
       select count(*) as attempts, coalesce(bool_or(success), false) as solved
       from task_outcome where session_id = st.session_id and step_id = st.step_id) as o;

create view session_figures as
select s.id as session_id,
       e.held,
       e.expected,
       e.tabs,
       e.tabs_declared,
       e.last_event_at,
       f.views,
       f.previews,
       f.suppress,
       f.amplify,
       f.other_edits,
       f.resets,
       f.undos,
       f.redos,
       f.sweeps,
       f.ripple_checks,
       f.ablations,
       f.tasks,
       f.tasks_solved
from session s
     cross join lateral (
       select coalesce(sum(t.held), 0)::bigint                                                       as held,
              coalesce(sum(t.expected), 0)::bigint                                                   as expected,
              count(*) filter (where t.tab_id <> '00000000-0000-0000-0000-000000000000')             as tabs,
              count(t.declared)                                                                      as tabs_declared,
              (select max(received_at) from event where session_id = s.id)                           as last_event_at
       from session_tab t where t.session_id = s.id) as e
     cross join lateral (
       select coalesce(sum(views), 0)::bigint         as views,
              coalesce(sum(previews), 0)::bigint      as previews,
              coalesce(sum(suppress), 0)::bigint      as suppress,
              coalesce(sum(amplify), 0)::bigint       as amplify,
              coalesce(sum(other_edits), 0)::bigint   as other_edits,
              coalesce(sum(resets), 0)::bigint        as resets,
              coalesce(sum(undos), 0)::bigint         as undos,
              coalesce(sum(redos), 0)::bigint         as redos,
              coalesce(sum(sweeps), 0)::bigint        as sweeps,
              coalesce(sum(ripple_checks), 0)::bigint as ripple_checks,
              coalesce(sum(ablations), 0)::bigint     as ablations,
              count(*) filter (where st.type = 'workbench')             as tasks,
              count(*) filter (where st.type = 'workbench' and solved)  as tasks_solved
       from session_step st join step_figures sf on sf.session_id = st.session_id and sf.step_id = st.step_id
       where st.session_id = s.id) as f;
