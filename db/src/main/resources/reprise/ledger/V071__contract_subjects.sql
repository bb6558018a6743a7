-- Under which names schemas are registered, and what each name promises. The empty name stands for all that say nothing. A
-- version's number is never given twice, not even when the version is gone.
create table reprise.contract_subject (
    subject text collate "C" primary key,
    last_version integer not null default 0,
    compatibility text check (compatibility in ('NONE', 'BACKWARD', 'BACKWARD_TRANSITIVE', 'FORWARD', 'FORWARD_TRANSITIVE',
        'FULL', 'FULL_TRANSITIVE')),
    access text check (access in ('READWRITE', 'READONLY'))
);

insert into reprise.contract_subject (subject, compatibility, access) values ('', 'BACKWARD', 'READWRITE');
