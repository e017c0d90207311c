import ArgumentParser
@main struct Sikilap: ParsableCommand {}
