create table reprise.audit_finding (
    report_id text collate "C" not null references reprise.audit_report on delete cascade,
    n int not null,
    kind text not null,
    subject text not null,
    found text not null,
    expected text not null,
    primary key (report_id, n)
);
