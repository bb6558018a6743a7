package io.reprise.workflows.trip;

record Trip(String traveller, String to) {}
